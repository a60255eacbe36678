/* Files as the host sends them, and those that are kept to be made again. */
#pragma once

#include <stdbool.h>

#include "frame.h"

/* Makes the file a frame is about, or goes on with it. False: the frame is about none. */
bool take_file(const struct frame *frame);

/* Keeps the frames a KEEP frame carries, in place of those kept before. No program reads the runner's memory. */
void keep_files(const struct frame *frame);
/* Makes the files anew whose frames are kept. */
void put_back_files(void);
