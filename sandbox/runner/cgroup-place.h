/* Where the counters of the runner's own cgroup are in a hierarchy of version 2. */
#pragma once

/* The directory, to be closed; -1 where there is none to be seen. `membership` is a /proc/<pid>/cgroup. */
int cgroup_place(int root, const char *membership);
