/** What programs of the languages, their compilers and the runner call without condition, by what it is for. */
export const syscallGroups = {
  files: [
    ...['access', 'faccessat', 'faccessat2', 'chdir', 'fchdir', 'getcwd', 'chmod', 'fchmod', 'fchmodat', 'fchmodat2'],
    ...['chown', 'fchown', 'fchownat', 'lchown', 'open', 'openat', 'openat2', 'creat', 'close', 'close_range'],
    ...['mkdir', 'mkdirat', 'rmdir', 'link', 'linkat', 'symlink', 'symlinkat', 'unlink', 'unlinkat', 'readlink'],
    ...['readlinkat', 'rename', 'renameat', 'renameat2', 'stat', 'fstat', 'lstat', 'newfstatat', 'statx', 'statfs'],
    ...['fstatfs', 'getdents', 'getdents64', 'umask', 'utime', 'utimes', 'utimensat', 'futimesat', 'truncate'],
    ...['ftruncate', 'fallocate', 'flock', 'fsync', 'fdatasync', 'fcntl', 'dup', 'dup2', 'dup3', 'ioctl'],
    ...['inotify_init', 'inotify_init1', 'inotify_add_watch', 'inotify_rm_watch'],
    ...['getxattr', 'lgetxattr', 'fgetxattr', 'listxattr', 'llistxattr', 'flistxattr'],
    ...['setxattr', 'lsetxattr', 'fsetxattr', 'removexattr', 'lremovexattr', 'fremovexattr'],
  ],
  reading: [
    ...['read', 'readv', 'pread64', 'preadv', 'preadv2', 'write', 'writev', 'pwrite64', 'pwritev', 'pwritev2', 'lseek'],
    ...['sendfile', 'copy_file_range', 'splice', 'tee', 'readahead', 'fadvise64', 'sync_file_range'],
    ...['pipe', 'pipe2', 'poll', 'ppoll', 'select', 'pselect6'],
    ...['epoll_create', 'epoll_create1', 'epoll_ctl', 'epoll_wait', 'epoll_pwait', 'epoll_pwait2'],
    ...['eventfd', 'eventfd2', 'signalfd', 'signalfd4', 'timerfd_create', 'timerfd_settime', 'timerfd_gettime'],
  ],
  memory: [
    ...['brk', 'mmap', 'munmap', 'mremap', 'mprotect', 'madvise', 'mincore', 'msync', 'mseal', 'membarrier'],
    ...['mlock', 'mlock2', 'mlockall', 'munlock', 'munlockall', 'memfd_create', 'get_mempolicy'],
    ...['pkey_alloc', 'pkey_free', 'pkey_mprotect', 'map_shadow_stack'],
  ],
  processes: [
    ...['fork', 'vfork', 'execve', 'execveat', 'exit', 'exit_group', 'wait4', 'waitid', 'prctl', 'arch_prctl'],
    ...['getpid', 'getppid', 'gettid', 'getpgid', 'getpgrp', 'getsid', 'setpgid', 'setsid', 'getrusage', 'times'],
    ...['getrlimit', 'setrlimit', 'prlimit64', 'getpriority', 'setpriority', 'pidfd_open', 'pidfd_send_signal'],
    ...['set_tid_address', 'set_robust_list', 'get_robust_list', 'set_thread_area', 'get_thread_area', 'rseq'],
    ...['futex', 'futex_waitv', 'futex_wake', 'futex_wait', 'futex_requeue', 'getcpu', 'ioprio_get', 'ioprio_set'],
    ...['sched_yield', 'sched_getaffinity', 'sched_setaffinity', 'sched_getparam', 'sched_setparam'],
    ...['sched_getscheduler', 'sched_setscheduler', 'sched_getattr', 'sched_setattr', 'sched_rr_get_interval'],
    ...['sched_get_priority_max', 'sched_get_priority_min'],
  ],
  signals: [
    ...['kill', 'tkill', 'tgkill', 'pause', 'alarm', 'sigaltstack', 'restart_syscall', 'rt_sigaction', 'rt_sigpending'],
    ...['rt_sigprocmask', 'rt_sigqueueinfo', 'rt_sigreturn', 'rt_sigsuspend', 'rt_sigtimedwait', 'rt_tgsigqueueinfo'],
  ],
  time: [
    ...['time', 'gettimeofday', 'clock_gettime', 'clock_getres', 'clock_nanosleep', 'nanosleep', 'getitimer'],
    ...['setitimer', 'timer_create', 'timer_delete', 'timer_getoverrun', 'timer_gettime', 'timer_settime'],
  ],
  identity: [
    ...['getuid', 'geteuid', 'getgid', 'getegid', 'getgroups', 'getresuid', 'getresgid', 'capget', 'capset'],
    // The runner gives its identity up with these; whoever has none of the capabilities can only stay who it is.
    ...['setuid', 'setgid', 'setgroups', 'setreuid', 'setregid', 'setresuid', 'setresgid'],
  ],
  // Only `lo` exists in the container: the families a socket may have are ruled separately.
  sockets: [
    ...['bind', 'listen', 'accept', 'accept4', 'connect', 'shutdown', 'getsockname', 'getpeername', 'getsockopt'],
    ...['setsockopt', 'sendto', 'sendmsg', 'sendmmsg', 'recvfrom', 'recvmsg', 'recvmmsg'],
  ],
  // System V objects live in the container's own IPC namespace and die with it.
  ipc: [
    ...['shmget', 'shmat', 'shmdt', 'shmctl', 'semget', 'semop', 'semtimedop', 'semctl'],
    ...['msgget', 'msgsnd', 'msgrcv', 'msgctl'],
  ],
  system: ['uname', 'sysinfo', 'getrandom'],
} as const satisfies Record<string, ReadonlyArray<string>>
