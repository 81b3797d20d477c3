/**
 * Looks a whole installation over, from the configuration to the browser's way to Plane, and says what is wrong, how that was seen and
 * what to do. Changes nothing.
 *
 * <p>{@link io.planeproxy.server.doctor.Doctor} runs the checks; each is a small class that knows one thing and nothing of the others,
 * and has a time limit of its own.
 *
 * <p>Knows the settings, certificates, and how to ask from outside ({@code probe}). Knows nothing of the engine and of how its findings
 * are shown: a proxy that runs is asked like anybody else.
 */
@NullMarked
package io.planeproxy.server.doctor;

import org.jspecify.annotations.NullMarked;
