package io.planeproxy.core.relay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/**
 * One side of a tunnel to be: a connection without any HTTP left in its pipeline.
 *
 * @param channel not reading
 * @param received what came behind the head; the taker releases it
 */
public record TunnelEnd(Channel channel, ByteBuf received) {}
