/* The Java virtual machine as the tools start it: inside this process, with fixed options. */
#ifndef VZJ_JVM_H
#define VZJ_JVM_H

#include <jni.h>
#include <stddef.h>

enum { JVM_EXTRA_OPTIONS = 4 };

struct jvm {
    JavaVM *vm;
    JNIEnv *env;
};

/* Writes the directory above the one that holds this program ("…/lib/vzj" for
 * "…/lib/vzj/bin/vzctl") to HOME. Returns 0, or -1 with a message on stderr. */
int jvm_home(char *home, size_t size);

/* Starts the machine of the image at HOME; EXTRA is a list of further options, NULL at its end
 * (at most JVM_EXTRA_OPTIONS). Returns 0, or -1 with a message on stderr. */
int jvm_start(struct jvm *jvm, const char *home, const char *const *extra);

/* Calls `static int run(String[])` of CLASS_NAME ("org/vzj/cli/Main") with COUNT words. Returns
 * its value in *STATUS and 0, or -1 if there is no such class or method (no message), or -2 if it
 * threw (the exception is printed). */
int jvm_run(struct jvm *jvm, const char *class_name, int count, char **words, int *status);

#endif
