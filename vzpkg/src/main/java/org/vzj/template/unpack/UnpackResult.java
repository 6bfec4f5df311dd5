package org.vzj.template.unpack;

/**
 * What an unpacking did.
 *
 * @param entries members of the archive
 * @param bytes bytes of file contents written, holes not counted
 * @param skippedDevices device nodes left out because they are not on the allow-list
 * @param skippedOthers members of kinds that mean nothing here: volume labels and the like
 * @param skippedAttributes extended attributes and access control lists left out: of kinds that the
 *     host keeps for itself (trusted.*, security labels), or malformed, or not supported by the
 *     file system
 */
public record UnpackResult(
    long entries, long bytes, long skippedDevices, long skippedOthers, long skippedAttributes) {}
