#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

static void tell(const char *what, long answer) { printf("%s: %s\n", what, answer < 0 ? strerrorname_np(errno) : "done"); }

static const struct {
  const char *name;
  int flag;
} NAMESPACES[] = {{"mount", CLONE_NEWNS},   {"user", CLONE_NEWUSER}, {"network", CLONE_NEWNET}, {"pid", CLONE_NEWPID},
                  {"ipc", CLONE_NEWIPC},    {"uts", CLONE_NEWUTS},   {"cgroup", CLONE_NEWCGROUP}};

int main(void) {
  mkdir("inner", 0777);
  tell("chroot", chroot("inner"));
  tell("mount", mount("none", "inner", "tmpfs", 0, NULL));
  tell("bind", mount("/", "inner", NULL, MS_BIND, NULL));
  tell("remount", mount(NULL, "/", NULL, MS_REMOUNT, NULL));
  tell("unmount", umount2("/proc", MNT_DETACH));
  tell("pivot_root", syscall(SYS_pivot_root, "inner", "inner"));
  tell("enter a namespace", setns(open("/proc/1/ns/mnt", O_RDONLY), 0));
  tell("make a device", mknod("disk", S_IFBLK | 0666, makedev(8, 0)));
  tell("make a device in a folder", mknodat(AT_FDCWD, "null", S_IFCHR | 0666, makedev(1, 3)));
  for (size_t i = 0; i < sizeof NAMESPACES / sizeof *NAMESPACES; i++) {
    tell(NAMESPACES[i].name, unshare(NAMESPACES[i].flag));
    tell(NAMESPACES[i].name, syscall(SYS_clone, NAMESPACES[i].flag | 17, 0, 0, 0, 0));
  }
  long answer = syscall(SYS_clone3, NULL, 0);
  tell("clone3", answer);
  return 0;
}
