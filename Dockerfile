# All images of the distributed system, a target each: command-service, query-service, execution-service, gateway.
# Nothing but the base comes from a registry of images: Node comes with the packages, nginx from Debian. Where no registry
# can be reached, BASE_IMAGE names a Debian made here: `npm start` leaves one as runledger/debian:trixie.
ARG BASE_IMAGE=debian:trixie-slim

FROM ${BASE_IMAGE} AS base
# Node needs libatomic1. The user by hand: the smallest Debian has no useradd. What Node compiled is
# found by the user who had it compiled.
RUN apt-get update && apt-get install -y --no-install-recommends libatomic1 \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/* \
    && echo 'runledger:x:10001:' >> /etc/group && echo 'runledger:x:10001:10001::/tmp:/usr/sbin/nologin' >> /etc/passwd \
    && install -d -o 10001 -g 10001 /runledger/compiled
WORKDIR /runledger

FROM base AS npm
ARG EXTRA_CA_CERTIFICATE=""
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates npm \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/* \
    && if [ -n "$EXTRA_CA_CERTIFICATE" ]; then \
         printf '%s\n' "$EXTRA_CA_CERTIFICATE" > /usr/local/share/ca-certificates/extra.crt && update-ca-certificates; \
       fi
ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt

FROM npm AS packages
COPY package.json package-lock.json ./
COPY shared-kernel/package.json shared-kernel/
COPY command-service/package.json command-service/
COPY execution-service/package.json execution-service/
COPY query-service/package.json query-service/
COPY sandbox/package.json sandbox/
COPY standalone/package.json standalone/
COPY tests/package.json tests/
COPY bench/package.json bench/
RUN npm ci --omit=dev --ignore-scripts=false --no-audit --no-fund --loglevel=error

FROM base AS service
ENV NODE_ENV=production NODE_COMPILE_CACHE=/runledger/compiled MALLOC_ARENA_MAX=1 HOST=0.0.0.0 \
    PATH=/runledger/node_modules/.bin:/usr/local/bin:/usr/bin:/bin
COPY package.json ./
COPY --from=packages /runledger/node_modules node_modules
COPY shared-kernel shared-kernel
COPY deploy/is-ready.mjs deploy/
USER runledger
# What standalone/setup/node-options.mjs says, and why.
ENTRYPOINT ["node", "--max-semi-space-size=16", "--heap-growing-percent=40", "--no-minor-gc-task", "--no-node-snapshot"]

# A container cannot keep what it compiles, and what strips types would stay in its memory (ADR 0043). A start leaves every
# module compiled for the same user and options, also one that is refused for want of a setting, as it has to be here.
FROM service AS command-service
COPY command-service command-service
RUN node --max-semi-space-size=16 --heap-growing-percent=40 --no-minor-gc-task --no-node-snapshot command-service/main.ts 2>&1 \
    | grep 'MONGO_URL must be set'
CMD ["command-service/main.ts"]
EXPOSE 3006

FROM service AS query-service
COPY query-service query-service
RUN node --max-semi-space-size=16 --heap-growing-percent=40 --single-threaded-gc --no-node-snapshot query-service/main.ts 2>&1 \
    | grep 'MONGO_URL must be set'
ENTRYPOINT ["node", "--max-semi-space-size=16", "--heap-growing-percent=40", "--single-threaded-gc", "--no-node-snapshot"]
CMD ["query-service/main.ts"]
EXPOSE 3007

# It builds the images of languages, for some of which it asks npm.
FROM npm AS execution-service
ENV NODE_ENV=production NODE_COMPILE_CACHE=/runledger/compiled MALLOC_ARENA_MAX=1 HOST=0.0.0.0 HOME=/tmp \
    PATH=/runledger/node_modules/.bin:/usr/local/bin:/usr/bin:/bin
COPY package.json ./
COPY --from=packages /runledger/node_modules node_modules
COPY shared-kernel shared-kernel
COPY deploy/is-ready.mjs deploy/
COPY sandbox sandbox
COPY execution-service execution-service
USER runledger
RUN node --max-semi-space-size=8 --heap-growing-percent=20 --no-minor-gc-task --no-node-snapshot execution-service/main.ts 2>&1 \
    | grep 'MONGO_URL must be set'
ENTRYPOINT ["node", "--max-semi-space-size=8", "--heap-growing-percent=20", "--no-minor-gc-task", "--no-node-snapshot"]
CMD ["execution-service/main.ts"]
EXPOSE 3008

FROM base AS gateway
RUN apt-get update \
    && apt-get install -y --no-install-recommends curl nginx-light \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/* /etc/nginx/sites-enabled /var/www
COPY deploy/nginx.conf /etc/nginx/nginx.conf
USER runledger
ENTRYPOINT ["nginx", "-e", "/dev/stderr", "-g", "daemon off;"]
EXPOSE 3005
