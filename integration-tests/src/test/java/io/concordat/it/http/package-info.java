/** What the server says over HTTP, and what it puts up with, seen from outside. */
@NullMarked
package io.concordat.it.http;

import org.jspecify.annotations.NullMarked;
