#define _GNU_SOURCE
#include "jvm.h"

#include <dlfcn.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef CLASS_PATH
#error "CLASS_PATH: the jars of lib/app in their order, each as %s/lib/app/NAME.jar is made of NAME"
#endif

/* The variables by which a user's environment would change this machine's options; libjvm reads
 * the first three by itself and announces that on stderr. */
static const char *const foreign_variables[] = {
    "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_AOT_VM_OPTIONS", "JDK_JAVA_OPTIONS", "CLASSPATH",
};

/* Why each: README.md of this module, "What a start costs". */
static const char *const fixed_options[] = {
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-XX:CompileThresholdScaling=10",
    "-XX:-UsePerfData",
    "-XX:-UseContainerSupport",
    "-XX:-MaxFDLimit",
    "-XX:+UnlockDiagnosticVMOptions",
    "-XX:ArchiveRelocationMode=0",
    "-XX:-AOTReplayTraining",
    "-XX:AOTMode=auto",
    "-Xms64m",
    "-Xmn40m",
    "-Xmx512m",
    "-Xlog:disable",
    "--enable-native-access=ALL-UNNAMED",
    "-Dsun.jnu.encoding=UTF-8",
    "-Dstdout.encoding=UTF-8",
    "-Dstderr.encoding=UTF-8",
    "-Duser.language=en",
    "-Duser.country=US",
};

enum { FIXED = sizeof fixed_options / sizeof *fixed_options, FROM_HOME = 3 };

int jvm_home(char *home, size_t size)
{
    ssize_t length = readlink("/proc/self/exe", home, size - 1);
    if (length < 0) {
        perror("vzj: /proc/self/exe");
        return -1;
    }
    home[length] = '\0';
    for (int up = 0; up < 2; up++) {
        char *slash = strrchr(home, '/');
        if (slash == NULL)
            break;
        *slash = '\0';
    }
    return 0;
}

/* "-Xbootclasspath/a:" and the jars of CLASS_PATH ("a:b") as HOME/lib/app/a.jar:HOME/lib/app/b.jar.
 * Not the class path: each cached class of that gets a protection domain from its jar's URL, and if
 * the image has been moved since its training, an exception for each; 7 to 13 ms a start. */
static char *class_path_option(const char *home)
{
    static const char names[] = CLASS_PATH;
    size_t jars = 1;
    for (const char *c = names; *c != '\0'; c++)
        jars += *c == ':';
    size_t size = 32 + strlen(names) + jars * (strlen(home) + 16);
    char *option = malloc(size);
    if (option == NULL)
        return NULL;
    char *end = stpcpy(option, "-Xbootclasspath/a:");
    for (const char *name = names;;) {
        size_t length = strcspn(name, ":");
        end += snprintf(end, size - (size_t)(end - option), "%s/lib/app/%.*s.jar", home, (int)length, name);
        name += length;
        if (*name++ == '\0')
            return option;
        *end++ = ':';
    }
}

typedef jint (*create_vm)(JavaVM **, void **, void *);

static create_vm load(const char *home)
{
    char path[PATH_MAX + 32];
    snprintf(path, sizeof path, "%s/lib/server/libjvm.so", home);
    void *library = dlopen(path, RTLD_NOW | RTLD_GLOBAL);
    if (library == NULL) {
        fprintf(stderr, "vzj: the Java run-time image cannot be loaded: %s\n", dlerror());
        return NULL;
    }
    create_vm create = NULL;
    void *symbol = dlsym(library, "JNI_CreateJavaVM");
    memcpy(&create, &symbol, sizeof create);
    if (create == NULL)
        fprintf(stderr, "vzj: %s has no JNI_CreateJavaVM\n", path);
    return create;
}

/* ProcessBuilder.start asks System.getLogger whether it should log, and the first such question of
 * a machine opens every jar to look for a logging service: 7 ms. Nobody configures one here, so
 * ProcessBuilder is handed the plain console logger, whose level is INFO, in advance. Were the
 * JDK's names to change, only the 7 ms would come back. */
static void settle_process_logger(JNIEnv *env)
{
    jclass logger_class = (*env)->FindClass(env, "jdk/internal/logger/SimpleConsoleLogger");
    jclass builder = logger_class == NULL ? NULL : (*env)->FindClass(env, "java/lang/ProcessBuilder");
    jfieldID field = builder == NULL ? NULL : (*env)->GetStaticFieldID(env, builder, "LOGGER", "Ljava/lang/System$Logger;");
    jmethodID new_logger = field == NULL ? NULL : (*env)->GetMethodID(env, logger_class, "<init>", "(Ljava/lang/String;Z)V");
    jstring name = new_logger == NULL ? NULL : (*env)->NewStringUTF(env, "java.lang.ProcessBuilder");
    jobject logger = name == NULL ? NULL : (*env)->NewObject(env, logger_class, new_logger, name, JNI_FALSE);
    if (logger != NULL)
        (*env)->SetStaticObjectField(env, builder, field, logger);
    (*env)->ExceptionClear(env);
}

int jvm_start(struct jvm *jvm, const char *home, const char *const *extra)
{
    for (size_t i = 0; i < sizeof foreign_variables / sizeof *foreign_variables; i++)
        unsetenv(foreign_variables[i]);
    create_vm create = load(home);
    if (create == NULL)
        return -1;
    JavaVMOption options[FIXED + FROM_HOME + JVM_EXTRA_OPTIONS];
    int count = 0;
    for (int i = 0; i < FIXED; i++)
        options[count++] = (JavaVMOption){.optionString = (char *)fixed_options[i]};
    char *from_home[FROM_HOME] = {class_path_option(home)};
    if (from_home[0] == NULL || asprintf(&from_home[1], "-DZstdNativePath=%s/lib/libzstd-jni.so", home) < 0
        || asprintf(&from_home[2], "-Djava.library.path=%s/lib", home) < 0) {
        perror("vzj");
        return -1;
    }
    for (int i = 0; i < FROM_HOME; i++)
        options[count++] = (JavaVMOption){.optionString = from_home[i]};
    for (int i = 0; i < JVM_EXTRA_OPTIONS && extra[i] != NULL; i++)
        options[count++] = (JavaVMOption){.optionString = (char *)extra[i]};
    JavaVMInitArgs arguments = {
        .version = JNI_VERSION_21, .nOptions = count, .options = options, .ignoreUnrecognized = JNI_FALSE};
    jint failed = create(&jvm->vm, (void **)&jvm->env, &arguments);
    for (int i = 0; i < FROM_HOME; i++)
        free(from_home[i]);
    if (failed != JNI_OK) {
        fprintf(stderr, "vzj: the Java virtual machine does not start (JNI error %d)\n", (int)failed);
        return -1;
    }
    settle_process_logger(jvm->env);
    return 0;
}

/* The words as Java strings. Made from bytes by String's own constructor, which reads UTF-8;
 * NewStringUTF would want Java's modified form of it. NULL if an exception is pending. */
static jobjectArray string_array(JNIEnv *env, int count, char **words)
{
    jclass string = (*env)->FindClass(env, "java/lang/String");
    if (string == NULL)
        return NULL;
    jmethodID from_bytes = (*env)->GetMethodID(env, string, "<init>", "([B)V");
    jobjectArray array = (*env)->NewObjectArray(env, count, string, NULL);
    for (int i = 0; from_bytes != NULL && array != NULL && i < count; i++) {
        jsize length = (jsize)strlen(words[i]);
        jbyteArray bytes = (*env)->NewByteArray(env, length);
        if (bytes == NULL)
            return NULL;
        (*env)->SetByteArrayRegion(env, bytes, 0, length, (const jbyte *)words[i]);
        jobject word = (*env)->NewObject(env, string, from_bytes, bytes);
        if (word == NULL)
            return NULL;
        (*env)->SetObjectArrayElement(env, array, i, word);
        (*env)->DeleteLocalRef(env, word);
        (*env)->DeleteLocalRef(env, bytes);
    }
    return (*env)->ExceptionCheck(env) ? NULL : array;
}

int jvm_run(struct jvm *jvm, const char *class_name, int count, char **words, int *status)
{
    JNIEnv *env = jvm->env;
    jclass main_class = (*env)->FindClass(env, class_name);
    jmethodID run = main_class == NULL ? NULL : (*env)->GetStaticMethodID(env, main_class, "run", "([Ljava/lang/String;)I");
    if (run == NULL) {
        (*env)->ExceptionClear(env);
        return -1;
    }
    jobjectArray array = string_array(env, count, words);
    int value = array == NULL ? 0 : (*env)->CallStaticIntMethod(env, main_class, run, array);
    if ((*env)->ExceptionCheck(env)) {
        (*env)->ExceptionDescribe(env);
        return -2;
    }
    *status = value;
    return 0;
}
