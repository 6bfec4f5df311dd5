/* The launcher's part in quota of users and groups: who gets the listeners of the filters. */
#ifndef VZ_UGID_H
#define VZ_UGID_H

struct run;

/* From now on processes that enter hand their listeners to the monitor that we become. */
int ugid_open_door(struct run *run);

/* Nobody will be there. */
void ugid_clean(struct run *run);

/* Gives the listener of an entering process to the container's monitor. */
void ugid_hand_over(struct run *run, int listener);

#endif
