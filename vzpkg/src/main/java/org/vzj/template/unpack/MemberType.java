package org.vzj.template.unpack;

/** What a member of an archive can be. */
enum MemberType {
  FILE,
  DIRECTORY,
  SYMLINK,
  HARD_LINK,
  CHARACTER_DEVICE,
  BLOCK_DEVICE,
  FIFO
}
