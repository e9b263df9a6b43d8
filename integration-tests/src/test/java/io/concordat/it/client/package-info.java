/** What a client does for an application, against real servers. */
@NullMarked
package io.concordat.it.client;

import org.jspecify.annotations.NullMarked;
