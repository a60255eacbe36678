# The runner, static, alone in an image that language images copy it from.
ARG BASE
FROM ${BASE} AS build
RUN apt-get update && apt-get install -y gcc libc6-dev && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/*
COPY runner /runner
RUN mkdir -m 0755 /runledger \
    && gcc -std=gnu17 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror -static -s -o /runledger/runner /runner/*.c \
    && chmod 0755 /runledger/runner
FROM scratch
COPY --from=build /runledger /runledger
