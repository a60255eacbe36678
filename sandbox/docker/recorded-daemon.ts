/** What Docker 20.10 answered to `GET /info` on Linux 6.18, the members read of it. */
export const recordedDaemon = {
  ServerVersion: '20.10.24+dfsg1',
  Driver: 'overlay2',
  CgroupDriver: 'cgroupfs',
  CgroupVersion: '1',
  Runtimes: { runc: { path: 'runc' }, 'io.containerd.runc.v2': { path: 'runc' } },
  DefaultRuntime: 'runc',
  SecurityOptions: ['name=seccomp,profile=default'],
  MemoryLimit: true,
  SwapLimit: true,
  PidsLimit: true,
  CpuCfsQuota: true,
  OSType: 'linux',
  KernelVersion: '6.18.44',
  Architecture: 'x86_64',
}
