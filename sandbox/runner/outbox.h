/* Frames on their way to the host: queued here, written without blocking. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Frames an output stream may always rely on: one full data frame fits when this is true. */
bool outbox_has_room(void);
bool outbox_is_empty(void);

/* Where the payload of the next frame may be written; valid when outbox_has_room. */
uint8_t *outbox_payload(void);
/* Queues the frame whose payload was just written there. */
void outbox_commit(uint8_t type, size_t length);
void outbox_add(uint8_t type, const uint8_t *payload, size_t length);

/* What is queued has no news of its own: it goes with what comes next, and its wait begins with that. */
void outbox_hold(void);
bool outbox_is_held(void);

/* Since when the oldest of what is queued waits; only where something is. */
uint64_t outbox_waits_since(void);
/* So much is queued that it is worth a write of its own. */
bool outbox_is_filled(void);

/* Writes what the host takes now. */
void outbox_flush(void);
/* Writes everything, waiting for the host; exits when the host is gone. */
void outbox_drain(void);

/* Tells the host what is wrong and exits. */
_Noreturn void fatal(const char *message);
_Noreturn void host_gone(void);
