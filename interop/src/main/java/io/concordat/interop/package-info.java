/**
 * What programs in other languages talk to when they are held against our serializers: {@link io.concordat.interop.Peer}.
 */
@NullMarked
package io.concordat.interop;

import org.jspecify.annotations.NullMarked;
