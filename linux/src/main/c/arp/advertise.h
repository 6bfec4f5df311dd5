/* Unsolicited neighbour advertisements, RFC 4861 7.2.6. */
#ifndef VZ_ADVERTISE_H
#define VZ_ADVERTISE_H

#include <netinet/in.h>

/* Says on a device that these addresses are here. -1: it could not, and has said why. */
int advertise(const char *device, const struct in6_addr *addresses, int count);

#endif
