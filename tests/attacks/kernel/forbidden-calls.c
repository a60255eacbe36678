/* Calls what the profile forbids, each number by itself, and tells the errno of each. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

struct call {
  const char *name;
  long number;
};

#define CALL(name) {#name, SYS_##name}

static const struct call CALLS[] = {
    /* other processes */
    CALL(ptrace), CALL(process_vm_readv), CALL(process_vm_writev), CALL(kcmp), CALL(pidfd_getfd), CALL(process_madvise),
    /* io_uring */
    CALL(io_uring_setup), CALL(io_uring_enter), CALL(io_uring_register),
    /* keys */
    CALL(keyctl), CALL(add_key), CALL(request_key),
    /* kernel programs, counters, faults */
    CALL(bpf), CALL(perf_event_open), CALL(userfaultfd), CALL(fanotify_init), CALL(fanotify_mark),
#ifdef SYS_lookup_dcookie
    CALL(lookup_dcookie),
#endif
    /* namespaces and mounts */
    CALL(unshare), CALL(setns), CALL(mount), CALL(umount2), CALL(pivot_root), CALL(chroot), CALL(fsopen), CALL(fsconfig),
    CALL(fsmount), CALL(fspick), CALL(open_tree), CALL(move_mount), CALL(mount_setattr),
    /* the kernel itself */
    CALL(kexec_load), CALL(init_module), CALL(finit_module), CALL(delete_module), CALL(reboot), CALL(swapon),
    CALL(swapoff), CALL(quotactl), CALL(quotactl_fd), CALL(syslog), CALL(acct), CALL(vhangup), CALL(nfsservctl),
#ifdef SYS_kexec_file_load
    CALL(kexec_file_load),
#endif
#ifdef __x86_64__
    CALL(iopl), CALL(ioperm), CALL(modify_ldt), CALL(_sysctl), CALL(create_module), CALL(get_kernel_syms),
    CALL(query_module), CALL(uselib), CALL(ustat), CALL(sysfs), CALL(epoll_ctl_old), CALL(epoll_wait_old),
#endif
    /* files by handle, clocks, names, everybody's disks */
    CALL(open_by_handle_at), CALL(name_to_handle_at), CALL(clock_settime), CALL(settimeofday), CALL(adjtimex),
    CALL(clock_adjtime), CALL(sethostname), CALL(setdomainname), CALL(sync), CALL(syncfs),
    /* memory policy, asynchronous I/O, message queues of the kernel, secrets */
    CALL(mbind), CALL(set_mempolicy), CALL(migrate_pages), CALL(move_pages), CALL(vmsplice), CALL(memfd_secret),
    CALL(landlock_create_ruleset), CALL(landlock_restrict_self), CALL(seccomp),
};

int main(void) {
  for (size_t i = 0; i < sizeof CALLS / sizeof *CALLS; i++) {
    long answer = syscall(CALLS[i].number, 0L, 0L, 0L, 0L, 0L, 0L);
    if (answer == -1 && errno == EPERM) continue;
    printf("%s: %s\n", CALLS[i].name, answer == -1 ? strerrorname_np(errno) : "allowed");
  }
  printf("%zu tried\n", sizeof CALLS / sizeof *CALLS);
  return 0;
}
