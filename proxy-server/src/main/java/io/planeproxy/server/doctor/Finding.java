package io.planeproxy.server.doctor;

/** A result with the name of the check that it comes from. */
public record Finding(String check, Result result) {}
