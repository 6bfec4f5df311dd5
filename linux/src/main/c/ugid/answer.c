/* Who calls, and whether he may. See serve.h. */
#include <asm/errno.h>
#include <linux/fcntl.h>
#include <linux/stat.h>

#include "../bare.h"
#include "../status_text.h"
#include "listener.h"
#include "request.h"

long ugid_fetch(const struct request *r, void *to, unsigned size)
{
	return CALL(pread64, r->memory, to, size, r->call.address, 0) == (long)size ? 0 : -EFAULT;
}

long ugid_store(const struct request *r, const void *from, unsigned size)
{
	return CALL(pwrite64, r->memory, from, size, r->call.address, 0) == (long)size ? 0 : -EFAULT;
}

/* The device is the one of the container's root, by its one name: no path of a stranger is walked. */
static long check_name(const struct request *r)
{
	char text[UGID_DEVICE];
	long got;

	if (!r->call.where)
		return r->call.command == Q_SYNC ? 0 : -ENODEV;
	got = CALL(pread64, r->memory, text, r->ugid->name_length, r->call.where, 0);
	if (got <= 0)
		return -EFAULT;
	for (long i = 0; i < got; i++)
		if (text[i] != r->ugid->device[i])
			return -ENODEV;
	return got == (long)r->ugid->name_length ? 0 : -EFAULT;
}

static long check_descriptor(const struct request *r)
{
	struct statx file;
	char path[24] = "fd/";
	int length = 3;

	if (r->call.where > 0x7fffffff)
		return -EBADF;
	length += put_decimal(path + length, r->call.where);
	path[length] = 0;
	/* The server of a file system may be the container's own: it must not make us wait. */
	if (CALL(statx, r->process, path, AT_STATX_DONT_SYNC, STATX_TYPE, &file) < 0)
		return -EBADF;
	return file.stx_dev_major == r->ugid->major && file.stx_dev_minor == r->ugid->minor
		       ? 0
		       : -ENOSYS;
}

static long read_caller(const struct request *r, uint32_t group, struct ugid_status *status)
{
	struct statx home;
	char text[512];
	long fd = CALL(openat, r->process, "status", O_RDONLY | O_CLOEXEC, 0, 0), got;

	if (fd < 0)
		return -EPERM;
	ugid_status_begin(status, group);
	while ((got = CALL(read, fd, text, sizeof text, 0, 0)) > 0)
		ugid_status_feed(status, text, got);
	CALL(close, fd, 0, 0, 0, 0);
	if (got < 0 || !ugid_status_complete(status))
		return -EPERM;
	status->caller.at_home = CALL(statx, r->process, "ns/user", 0, STATX_INO, &home) == 0 &&
				 home.stx_ino == r->ugid->home;
	return 0;
}

/*
 * The answer to a call. Process and memory are opened first; only then we ask whether the call is
 * still waiting. If it is, its thread lives, and so what we have opened is not somebody else's who
 * got its number.
 */
static long answer(struct request *r, int listener, uint64_t id)
{
	uint32_t base = r->ugid->base[r->call.type];
	struct ugid_status status;
	long error = read_caller(r, base + r->call.id, &status);

	if (!error)
		error = r->call.by_descriptor ? check_descriptor(r) : check_name(r);
	if (error)
		return error;
	if (!listener_waits(listener, id))
		return -ESRCH;
	error = ugid_check(&r->call, &status.caller, base);
	return error ? error : ugid_act(r);
}

long ugid_answer(struct ugid *ugid, int listener, const struct seccomp_notif *notif)
{
	char path[24] = "/proc/";
	struct request r;
	int length = 6;
	long error;

	r.ugid = ugid;
	error = ugid_decode(&notif->data, &r.call);
	if (error)
		return error;
	length += put_decimal(path + length, notif->pid);
	path[length] = 0;
	r.process = (int)CALL(openat, AT_FDCWD, path, O_PATH | O_DIRECTORY | O_CLOEXEC, 0, 0);
	if (r.process < 0)
		return -ESRCH;
	r.memory = (int)CALL(openat, r.process, "mem", O_RDWR | O_CLOEXEC, 0, 0);
	error = r.memory < 0 ? -EPERM : answer(&r, listener, notif->id);
	if (r.memory >= 0)
		CALL(close, r.memory, 0, 0, 0, 0);
	CALL(close, r.process, 0, 0, 0, 0);
	return error;
}
