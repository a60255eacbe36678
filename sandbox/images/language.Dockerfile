# What is the same for every language and lies on top: a change of the runner rebuilds these layers only.
ARG TOOLCHAIN
ARG RUNNER
FROM ${RUNNER} AS runner
FROM ${TOOLCHAIN}
COPY --from=runner /runledger /runledger
RUN find / -xdev -type f -perm /6000 -exec chmod a-s {} +
ENTRYPOINT ["/runledger/runner"]
