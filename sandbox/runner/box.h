/* The directory programs run in, and the files the host puts there. */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* Fatal without a box. */
void box_open(void);
int box_directory(void);

/* Begins the file a FILE frame names; a name that leads out of the box is fatal. */
void box_file(const uint8_t *payload, size_t length, mode_t mode);
void box_file_data(const uint8_t *bytes, size_t length);
/* Bytes the current file still waits for. */
size_t box_file_wants(void);
/* errno of the first file that could not be written; 0 when all could. */
int box_problem(void);
/* Forgets the problem there was: the box has been emptied. */
void box_reset(void);
