package org.vzj.linux.file;

/**
 * What a {@link TreeCopy} did.
 *
 * @param entries files, directories and so on that were made
 * @param bytes of contents that were copied or shared
 * @param skippedDevices device nodes that were left out
 * @param droppedAttributes extended attributes that were left out, or that could not be set
 */
public record CopyResult(long entries, long bytes, long skippedDevices, long droppedAttributes) {}
