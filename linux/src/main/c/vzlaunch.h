/*
 * vzlaunch executes a plan. It decides nothing: every path, number and order comes from the plan.
 *
 * Up to three processes take part:
 *   outer   what the caller started: relays, waits, reports
 *   host    does the host section; is the outer one itself unless the plan detaches or forks
 *   inner   does the inside section and becomes the program
 */
#ifndef VZ_VZLAUNCH_H
#define VZ_VZLAUNCH_H

#include <sys/ioctl.h>
#include <sys/types.h>
#include <termios.h>

#include "plan.h"

enum stdio_mode { STDIO_NULL, STDIO_PIPES, STDIO_PTY, STDIO_CONSOLE, STDIO_INHERIT };

struct console {
	int master, slave, listener, log; /* -1 if there is no console */
	char path[32];			  /* the slave on the host's devpts */
	const char *socket;
	const char *inside; /* where bind-console put it */
};

/* Second-level quota of a container that is being started; -1 if there is none. */
struct ugid_door {
	int area, door, listener;
	const char *socket; /* the name of the door */
};

/* A program of the host that a step has begun. */
struct program {
	pid_t pid;
	int step;
	int messages; /* the file of its standard error */
};

#define PROGRAMS 4

struct run {
	struct plan plan;
	int at;		 /* the step being executed, from 0 */
	const char *why; /* more than errno says about the last failure, or NULL */
	int report;	 /* the plan's file, opened for the report */

	int up;	  /* channel to the process that reports, -1 if we are it */
	int down; /* channel to the inner process */
	pid_t inner;

	int inside;	  /* the inside section has begun */
	const char *root; /* the new root before pivot, NULL after */
	int root_fd;	  /* the mount at root, -1 if it is to be looked up by its path */
	int die_with_parent;

	char *uid_map, *gid_map;
	int uid_map_step, gid_map_step;
	const char *pid_file;
	char **monitor;
	struct console console;
	struct ugid_door ugid;

	enum stdio_mode stdio;
	int stdio_done;
	int terminal; /* slave of the inner process's terminal, -1 */
	int has_termios, has_winsize;
	struct termios termios; /* of the caller's terminal */
	struct winsize winsize;

	int net; /* the container's network namespace, -1 if it is not known yet */
	struct program programs[PROGRAMS];
	int program_count;
	char words[160]; /* of a program that failed */

	char **env;
	int env_count;
};

/* One step. 0: go on; -1: failed, errno (and perhaps run->why) say why. */
typedef int step_function(struct run *run, char **words, int count);

/* steps.c */
int steps_check(struct run *run);
int steps_run(struct run *run, int from, int to);

/* mounts.c, lookup.c, beneath.c, files.c, cgroups.c */
step_function step_mount, step_umount, step_pivot, step_mask, step_readonly, step_bind_console;
step_function step_mkdir_beneath, step_mknod_beneath, step_symlink_beneath;
step_function step_mkdir, step_symlink, step_file, step_unmounted;
step_function step_cgroup_make, step_cgroup, step_write, step_chown, step_device_bpf;
int bind_path(struct run *run, const char *source, const char *target, unsigned long flags);
int root_open(const struct run *run);
void root_forget(struct run *run);
int open_path(struct run *run, const char *path, int flags);
int open_parent(struct run *run, const char *path, char *name, size_t size);
int is_device(int fd, unsigned major, unsigned minor);
int cgroup_join(const char *path, pid_t pid);

/* namespaces.c */
step_function step_signal, step_setns, step_unshare, step_clone, step_fork, step_uidmap, step_gidmap;
step_function step_pidfile, step_hostname;
int open_process(struct run *run, char **w);
int maps_write(struct run *run);
unsigned long long start_time(pid_t pid);

int net_of_process(struct run *run, char **w);

/* quota.c, project.c, usage.c */
step_function step_quota, step_quota_after_gate, step_quota_clock, step_quota_grace, step_quota_list;
step_function step_tree_usage, step_qgroup, step_subvolume, step_project, step_project_tree, step_project_drop;

/* ugid.c */
step_function step_ugid_listen, step_ugid_limit, step_ugid_clear;

/* graft.c */
step_function step_graft;

/* overlay.c, image.c */
step_function step_overlay, step_image;

/* idmap.c */
struct shift {
	unsigned uid, gid, count;   /* what ids from 0 on are seen as; uid 0: as they are */
	unsigned long attributes;   /* flags of the mount, such as MS_RDONLY */
	int host;                   /* whether the host's root may make files */
};
step_function step_idmap;
/* A copy of the mount of a directory, without those below it, with shifted ids; a descriptor. */
int shifted_tree(struct run *run, const char *path, const struct shift *shift);

/* btrfs.c */
step_function step_subvolume_create, step_subvolume_delete, step_subvolume_readonly, step_snapshot;

/* programs.c */
step_function step_netns, step_netns_file, step_netns_keep, step_begin, step_await, step_settle;

/* credentials.c */
step_function step_inside, step_user, step_capabilities, step_rlimit, step_seccomp, step_umask;
step_function step_filter_file, step_merge_memory;
void bind_life(struct run *run);

/* console.c */
step_function step_console, step_monitor;
int monitor_exec(struct run *run);

/* stdio.c, inner.c */
step_function step_stdio, step_type, step_session, step_chdir, step_env, step_gate, step_exec, step_try_exec;
int stdio_open(struct run *run);
int null_stdio(void);

/* attach.c */
step_function step_attach;

/* processes.c */
int run_plan(struct run *run);

/* report.c */
void report_line(struct run *run, const char *format, ...) __attribute__((format(printf, 2, 3)));
int report_failure(struct run *run, int step, int error, const char *why);

#endif
