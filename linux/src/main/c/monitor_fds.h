/* Descriptors that the monitor inherits, and what clients of the console's socket send. */
#ifndef VZ_MONITOR_FDS_H
#define VZ_MONITOR_FDS_H

#define MONITOR_MASTER 3   /* the console's master; without a console 3 to 6 are closed */
#define MONITOR_LISTENER 4 /* its listening socket */
#define MONITOR_LOG 5	   /* its ring file */
#define MONITOR_SLAVE 6	   /* keeps the terminal alive while no process has it open */

/*
 * The socket is of type SOCK_SEQPACKET. From the monitor come packets of output: first what the ring
 * holds, then all that follows. To the monitor go packets of at most CONSOLE_PACKET bytes whose
 * first byte says what they are.
 */
#define CONSOLE_PACKET 512
#define CONSOLE_INPUT 'i' /* followed by bytes to type */
#define CONSOLE_SIZE 'w'  /* followed by rows and columns, each 16 bits in host byte order */
#define CONSOLE_SAK 'k'	  /* secure attention key; nothing is done, see kernel-notes */

#endif
