/* Programs of the host that work for a container, such as ip and nft. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/wait.h>

#include "kernel.h"
#include "processes.h"
#include "vzlaunch.h"

#define PATH "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

/* Where a program finds the network namespace of the other side. */
#define OTHER_NET 3

static int memory_file(const char *text)
{
	size_t length = strlen(text);
	int fd = memfd_create("vz", MFD_CLOEXEC);

	if (fd < 0)
		return -1;
	for (size_t done = 0; done < length;) {
		ssize_t put = pwrite(fd, text + done, length - done, (off_t)done);
		if (put <= 0) {
			close(fd);
			return -1;
		}
		done += (size_t)put;
	}
	return fd;
}

/* The network namespace of the container: that of netns, or of the one that was just cloned. */
static int container_net(struct run *run)
{
	char path[40];

	if (run->net >= 0)
		return run->net;
	if (run->inner <= 0) {
		run->why = "no container's network is known";
		errno = EINVAL;
		return -1;
	}
	snprintf(path, sizeof path, "/proc/%d/ns/net", (int)run->inner);
	run->net = open(path, O_RDONLY | O_CLOEXEC);
	return run->net;
}

/* netns PID STARTTIME */
int step_netns(struct run *run, char **w, int count)
{
	(void)count;
	run->net = net_of_process(run, w);
	return run->net < 0 ? -1 : 0;
}

/* netns-file PATH: the same, of a network that netns-keep has kept */
int step_netns_file(struct run *run, char **w, int count)
{
	(void)count;
	run->net = open(w[0], O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	return run->net < 0 ? -1 : 0;
}

/* netns-keep PATH: the container's network outlives it, by a mount on this file */
int step_netns_keep(struct run *run, char **w, int count)
{
	char source[32];
	int fd;

	(void)count;
	if (container_net(run) < 0)
		return -1;
	fd = open(w[0], O_RDONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return -1;
	close(fd);
	snprintf(source, sizeof source, "/proc/self/fd/%d", run->net);
	return mount(source, w[0], NULL, MS_BIND, NULL);
}

static void become(struct run *run, char **w, int in, int err) __attribute__((noreturn));
static void become(struct run *run, char **w, int in, int err)
{
	static char *env[] = {"PATH=" PATH, "LC_ALL=C", NULL};
	int inside = strcmp(w[0], "container") == 0, other = -1;
	int null = open("/dev/null", O_WRONLY);
	sigset_t none;

	environ = env;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	if (run->net >= 0)
		other = inside ? open("/proc/self/ns/net", O_RDONLY) : run->net;
	/* Away from the numbers that are about to be taken. */
	in = fcntl(in, F_DUPFD, 16);
	err = fcntl(err, F_DUPFD, 16);
	null = fcntl(null, F_DUPFD, 16);
	other = other >= 0 ? fcntl(other, F_DUPFD, 16) : -1;
	if (in < 0 || err < 0 || null < 0 || (inside && setns(run->net, CLONE_NEWNET) < 0) ||
	    dup2(in, 0) < 0 || dup2(null, 1) < 0 || dup2(err, 2) < 0 ||
	    (other >= 0 && dup2(other, OTHER_NET) < 0) ||
	    sys_close_range(other >= 0 ? OTHER_NET + 1 : OTHER_NET, ~0U, 0) < 0)
		dprintf(err, "%s\n", strerror(errno));
	else {
		execvpe(w[2], w + 2, env);
		dprintf(2, "%s: %s\n", w[2], strerror(errno));
	}
	_exit(127);
}

/* Starts a program; what it says on its standard error is kept for the report. */
static int begin(struct run *run, char **w)
{
	struct program *program = &run->programs[run->program_count];
	int in, error;

	if (run->program_count == PROGRAMS) {
		run->why = "too many programs at once";
		errno = EINVAL;
		return -1;
	}
	if (strcmp(w[0], "host") != 0 && strcmp(w[0], "container") != 0) {
		errno = EINVAL;
		return -1;
	}
	if ((run->net >= 0 || run->inner > 0 || w[0][0] == 'c') && container_net(run) < 0)
		return -1;
	in = memory_file(w[1]);
	if (in < 0)
		return -1;
	program->messages = memfd_create("vz", MFD_CLOEXEC);
	program->pid = program->messages < 0 ? -1 : fork();
	if (program->pid == 0)
		become(run, w, in, program->messages);
	error = errno;
	close(in);
	if (program->pid < 0) {
		if (program->messages >= 0)
			close(program->messages);
		errno = error;
		return -1;
	}
	program->step = run->at;
	run->program_count++;
	return 0;
}

/* The beginning of what a program said, on one line, for the report. */
static void keep_words(struct run *run, int fd)
{
	ssize_t length = pread(fd, run->words, sizeof run->words - 1, 0);

	while (length > 0 && run->words[length - 1] == '\n')
		length--;
	run->words[length > 0 ? length : 0] = 0;
	for (char *c = run->words; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			*c = *c == '\n' ? '|' : ' ';
	run->why = run->words;
}

/* Waits for all that were begun, also if one fails: nothing must go on behind a report. */
static int finish(struct run *run)
{
	int failed = -1;

	for (int i = 0; i < run->program_count; i++) {
		struct program *program = &run->programs[i];
		int status = -1;

		while (waitpid(program->pid, &status, 0) < 0 && errno == EINTR)
			;
		if (status != 0 && failed < 0) {
			failed = program->step;
			keep_words(run, program->messages);
		}
		close(program->messages);
	}
	run->program_count = 0;
	if (failed < 0)
		return 0;
	run->at = failed;
	errno = EIO;
	return -1;
}

/* begin host|container INPUT PROGRAM ARG... */
int step_begin(struct run *run, char **w, int count)
{
	(void)count;
	if (begin(run, w) < 0) {
		int error = errno;
		finish(run);
		errno = error;
		return -1;
	}
	return 0;
}

/* settle: waits for all that were begun, whatever comes of them */
int step_settle(struct run *run, char **w, int count)
{
	(void)w, (void)count;
	finish(run);
	return 0;
}

/* await: for all that were begun */
int step_await(struct run *run, char **w, int count)
{
	(void)w, (void)count;
	return finish(run);
}
