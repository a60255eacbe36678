# What every language image stands on: Debian with nothing a program could climb by, and no documentation.
# A container without networking is lent no /etc/hosts: libnss-myhostname knows `localhost` without.
ARG DEBIAN
FROM ${DEBIAN}
RUN set -eu; \
    printf '%s\n' \
      'path-exclude=/usr/share/doc/*' 'path-exclude=/usr/share/man/*' 'path-exclude=/usr/share/info/*' \
      'path-exclude=/usr/share/locale/*' 'path-exclude=/usr/share/lintian/*' \
      > /etc/dpkg/dpkg.cfg.d/runledger; \
    printf '%s\n' \
      'Acquire::Languages "none";' 'Acquire::Retries "3";' 'APT::Install-Recommends "false";' \
      > /etc/apt/apt.conf.d/runledger; \
    rm -rf /etc/apt/sources.list.d/* /usr/share/doc/* /usr/share/man/* /usr/share/info/* /usr/share/locale/*; \
    printf 'deb http://deb.debian.org/%s main\n' \
      'debian trixie' 'debian trixie-updates' 'debian-security trixie-security' \
      > /etc/apt/sources.list; \
    export DEBIAN_FRONTEND=noninteractive; \
    apt-get update; apt-get upgrade -y; apt-get install -y tzdata libnss-myhostname; \
    rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/cache/debconf/* /var/log/*; \
    find / -xdev -type f -perm /6000 -exec chmod a-s {} +; \
    mkdir -m 0755 /box
ENV LANG=C.UTF-8 HOME=/box PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
WORKDIR /box
