package io.concordat.protobuf;

import io.concordat.protobuf.Tree.File;

/**
 * A file that another one refers to.
 *
 * @param name under which it is imported
 */
record Reference(String name, File file) {}
