# What is the same for every language and lies on top: a change of the runner rebuilds these layers only.
ARG TOOLCHAIN
ARG RUNNER
FROM ${RUNNER} AS runner
FROM ${TOOLCHAIN}
COPY --from=runner /runledger /runledger
# A run has a uid of its own, and programs ask who they are.
RUN for uid in $(seq 60000 60999); do echo "run$uid:x:$uid:65534::/box:/usr/sbin/nologin"; done >> /etc/passwd \
    && find / -xdev -type f -perm /6000 -exec chmod a-s {} +
ENTRYPOINT ["/runledger/runner"]
