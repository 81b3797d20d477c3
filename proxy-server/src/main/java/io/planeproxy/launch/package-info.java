/**
 * What {@code java -jar plane-proxy.jar} starts: it looks at the Java that runs it, and either hands over to the program
 * or says in one sentence what to do instead.
 *
 * <p>Compiled for Java 8, so that an old Java can load it at all. For the same reason it knows the JDK of 2014 and
 * nothing else; the program itself is reached by reflection only.
 */
@NullMarked
package io.planeproxy.launch;

import org.jspecify.annotations.NullMarked;
