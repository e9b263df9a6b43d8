@NullMarked
package io.concordat.it.protobuf;

import org.jspecify.annotations.NullMarked;
