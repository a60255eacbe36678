/* Who is in the container. */
#pragma once

/* Processes there, by the kernel's own list and the runner among them; 0 where it cannot be read. */
unsigned census(void);
