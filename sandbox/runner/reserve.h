/* Memory put by, so that a phase can be reported even when what it left in the box fills the container's limit. */
#pragma once

#define RESERVE_BYTES (768u << 10)

/* Costs little where it was not released. */
void reserve_take(void);
/* Once every program is dead. */
void reserve_release(void);
