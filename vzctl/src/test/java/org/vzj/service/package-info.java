/** Tests. */
@org.jspecify.annotations.NullMarked
package org.vzj.service;
