/* admin_commands.h - what admins may do: emit, join, leave and _disconnect, as the page sends them. */
#ifndef ADMIN_COMMANDS_H
#define ADMIN_COMMANDS_H

struct admin;

/* 0 or SIO_ENOMEM. */
int admin_commands_add(struct admin *admin);

#endif
