/* Descriptors that the monitor inherits, and what clients of the console's socket send. */
#ifndef VZ_MONITOR_FDS_H
#define VZ_MONITOR_FDS_H

#define MONITOR_MASTER 3   /* the console's master; without a console 3 to 6 are closed */
#define MONITOR_LISTENER 4 /* its listening socket */
#define MONITOR_LOG 5	   /* its ring file */
#define MONITOR_SLAVE 6	   /* keeps the terminal alive while no process has it open */
#define MONITOR_AREA 7	   /* a directory on its file system; without second-level quota 7 to 10 are closed */
#define MONITOR_UGID 8	   /* the socket by which the filters' listeners of entering processes come */
#define MONITOR_FILTER 9   /* the listener of the filter of init and all below it */
#define MONITOR_HOME 10	   /* the container's user namespace */
#define MONITOR_LAST 10

/*
 * The socket is of type SOCK_SEQPACKET. From the monitor come packets of output: first what the ring
 * holds, then all that follows. To the monitor go packets of at most CONSOLE_PACKET bytes whose
 * first byte says what they are.
 */
#define CONSOLE_PACKET 512
#define CONSOLE_INPUT 'i' /* followed by bytes to type */
#define CONSOLE_SIZE 'w'  /* followed by rows and columns, each 16 bits in host byte order */
#define CONSOLE_SAK 'k'	  /* secure attention key; nothing is done, see kernel-notes */

/*
 * MONITOR_UGID is of type SOCK_DGRAM. Packets have five bytes: what they are, and a number, the low
 * byte first.
 */
#define UGID_LISTENER 'l' /* a descriptor comes with it */
#define UGID_MOST 'n'	  /* so many ids may have limits from now on */

#endif
