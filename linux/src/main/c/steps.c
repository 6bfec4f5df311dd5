/* The table of steps. */
#define _GNU_SOURCE
#include <errno.h>
#include <string.h>

#include "vzlaunch.h"

enum section {
	HOST = 1,   /* before clone or fork */
	PARENT = 2, /* between clone and inside: the parent acts on the child */
	INSIDE = 4,
};

#define MANY 4096

static int step_detach(struct run *run, char **w, int count)
{
	/* Done by the order of processes, see outer.c. */
	(void)run, (void)w, (void)count;
	return 0;
}

static const struct {
	const char *verb;
	step_function *execute;
	int sections, min, max; /* where it may be; how many words it takes */
} table[] = {
	{"detach", step_detach, HOST, 0, 0},
	{"mount", step_mount, HOST | INSIDE, 5, 5},
	{"umount", step_umount, HOST | INSIDE, 2, 2},
	{"unmounted", step_unmounted, HOST, 1, 1},
	{"mkdir", step_mkdir, HOST | INSIDE, 2, 2},
	{"mkdir-beneath", step_mkdir_beneath, HOST, 5, 5},
	{"mknod-beneath", step_mknod_beneath, HOST, 8, 8},
	{"symlink-beneath", step_symlink_beneath, HOST, 5, 5},
	{"cgroup-make", step_cgroup_make, HOST, 1, 1},
	{"write", step_write, HOST, 2, 2},
	{"chown", step_chown, HOST, 3, 3},
	{"cgroup", step_cgroup, HOST | PARENT, 1, 1},
	{"console", step_console, HOST, 5, 5},
	{"attach", step_attach, HOST, 1, 1},
	{"signal", step_signal, HOST, 3, 3},
	{"device-bpf", step_device_bpf, HOST | PARENT, 2, 2},
	{"graft", step_graft, HOST, 4, 4},
	{"project", step_project, HOST, 2, 2},
	{"project-tree", step_project_tree, HOST, 3, 3},
	{"project-drop", step_project_drop, HOST, 2, 2},
	{"quota", step_quota, HOST, 7, 7},
	{"quota-clock", step_quota_clock, HOST, 5, 5},
	{"quota-grace", step_quota_grace, HOST, 4, 4},
	{"quota-list", step_quota_list, HOST, 4, 4},
	{"quota-after-gate", step_quota_after_gate, INSIDE, 7, 7},
	{"tree-usage", step_tree_usage, HOST, 1, 1},
	{"qgroup", step_qgroup, HOST, 2, 2},
	{"ugid-listen", step_ugid_listen, HOST, 2, 2},
	{"ugid-limit", step_ugid_limit, HOST, 2, 2},
	{"ugid-clear", step_ugid_clear, HOST, 4, 4},
	{"overlay", step_overlay, HOST, 7, 7},
	{"image", step_image, HOST, 5, 5},
	{"idmap", step_idmap, HOST, 6, 6},
	{"subvolume", step_subvolume, HOST, 1, 1},
	{"subvolume-create", step_subvolume_create, HOST, 1, 1},
	{"subvolume-delete", step_subvolume_delete, HOST, 1, 1},
	{"subvolume-readonly", step_subvolume_readonly, HOST, 1, 1},
	{"snapshot", step_snapshot, HOST, 3, 3},
	{"setns", step_setns, HOST, 3, 3},
	{"stdio", step_stdio, HOST, 1, 1},
	{"type", step_type, HOST | INSIDE, 1, 1},
	{"fork", step_fork, HOST, 0, 0},
	{"clone", step_clone, HOST, 4, 4},
	{"uidmap", step_uidmap, PARENT, 3, 3},
	{"gidmap", step_gidmap, PARENT, 3, 3},
	{"pidfile", step_pidfile, PARENT, 1, 1},
	{"filter-file", step_filter_file, PARENT, 1, 1},
	{"monitor", step_monitor, PARENT, 1, MANY},
	{"netns", step_netns, HOST, 2, 2},
	{"netns-file", step_netns_file, HOST, 1, 1},
	{"netns-keep", step_netns_keep, HOST | PARENT, 1, 1},
	{"begin", step_begin, HOST | PARENT, 3, MANY},
	{"await", step_await, HOST | PARENT, 0, 0},
	{"settle", step_settle, HOST | PARENT, 0, 0},
	{"inside", step_inside, INSIDE, 0, 0},
	{"unshare", step_unshare, INSIDE, 1, 1},
	{"symlink", step_symlink, INSIDE, 2, 2},
	{"bind-console", step_bind_console, INSIDE, 1, 1},
	{"pivot", step_pivot, INSIDE, 1, 1},
	{"mask", step_mask, INSIDE, 1, 1},
	{"readonly", step_readonly, INSIDE, 1, 1},
	{"file", step_file, HOST | INSIDE, 3, 3},
	{"hostname", step_hostname, INSIDE, 1, 1},
	{"session", step_session, INSIDE, 0, 1},
	{"rlimit", step_rlimit, HOST | INSIDE, 3, 3},
	{"merge-memory", step_merge_memory, INSIDE, 0, 0},
	{"capabilities", step_capabilities, INSIDE, 1, 1},
	{"seccomp", step_seccomp, INSIDE, 1, 2},
	{"user", step_user, INSIDE, 3, 3},
	{"umask", step_umask, INSIDE, 1, 1},
	{"chdir", step_chdir, INSIDE, 1, 1},
	{"env", step_env, INSIDE, 1, 1},
	{"gate", step_gate, INSIDE, 0, 0},
	{"try-exec", step_try_exec, INSIDE, 2, MANY},
	{"exec", step_exec, INSIDE, 2, MANY},
};

static int find(const char *verb)
{
	for (int i = 0; i < (int)(sizeof table / sizeof *table); i++)
		if (strcmp(table[i].verb, verb) == 0)
			return i;
	return -1;
}

static int refuse(struct run *run, int step, const char *why)
{
	run->at = step;
	run->why = why;
	errno = EINVAL;
	return -1;
}

/* Whether the processes that the plan wants fit together. */
static int check_order(struct run *run)
{
	const struct plan *plan = &run->plan;
	int detach = plan_find(plan, "detach"), clone = plan_find(plan, "clone");
	int fork = plan_find(plan, "fork"), inside = plan_find(plan, "inside");
	int gate = plan_find(plan, "gate"), monitor = plan_find(plan, "monitor");
	int begin = clone >= 0 ? clone : fork;

	if (detach > 0)
		return refuse(run, detach, "detach must be the first step");
	if (detach == 0 && clone < 0)
		return refuse(run, detach, "detach without clone");
	if (clone >= 0 && fork >= 0)
		return refuse(run, fork, "fork in a plan with clone");
	if (begin >= 0 && inside < 0)
		return refuse(run, begin, "no inside section");
	if (inside >= 0 && begin < 0)
		return refuse(run, inside, "inside without clone or fork");
	if (fork >= 0 && inside != fork + 1)
		return refuse(run, fork, "inside must follow fork");
	if (gate >= 0 && detach < 0)
		return refuse(run, gate, "gate without detach");
	if (monitor >= 0 && detach < 0)
		return refuse(run, monitor, "monitor without detach");
	return 0;
}

/* Checks verbs, numbers of words and sections before anything is done. */
int steps_check(struct run *run)
{
	int section = HOST, seen[sizeof table / sizeof *table] = {0};

	if (run->plan.count == 0)
		return refuse(run, -1, "a plan without steps");
	for (int i = 0; i < run->plan.count; i++) {
		const struct step *step = &run->plan.steps[i];
		int entry = find(step->verb);

		if (entry < 0)
			return refuse(run, i, "unknown step");
		if (strcmp(step->verb, "inside") == 0)
			section = INSIDE;
		if (!(table[entry].sections & section))
			return refuse(run, i, "the step does not belong here");
		if (step->count < table[entry].min || step->count > table[entry].max)
			return refuse(run, i, "wrong number of words");
		if (strcmp(step->verb, "clone") == 0 || strcmp(step->verb, "fork") == 0)
			section = PARENT;
		if (seen[entry]++ && (strcmp(step->verb, "clone") == 0 ||
				      strcmp(step->verb, "fork") == 0 ||
				      strcmp(step->verb, "inside") == 0))
			return refuse(run, i, "the step can be there only once");
	}
	return check_order(run);
}

/* Executes steps [from, to). On failure run->at is the one that failed. */
int steps_run(struct run *run, int from, int to)
{
	for (int i = from; i < to; i++) {
		const struct step *step = &run->plan.steps[i];

		run->at = i;
		run->why = NULL;
		if (table[find(step->verb)].execute(run, step->words, step->count) < 0)
			return -1;
	}
	return 0;
}
