#pragma once

/*
 * Who the kernel takes first when memory runs out. A program may lower its score again, as far as the kernel lets it:
 * the runner then still is the smaller one.
 */
#define FIRST_TO_GO "1000"
#define LAST_TO_GO "0"

/* Of this process. Refused where the runtime fixed a higher score: then size decides. */
void set_oom_score(const char *score);
