package io.planeproxy.core.engine;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;

/** Netty's way to ask the kernel, with an order of ours for what it asks and hears. */
final class OrderlyHandler implements IoHandler {
    private final IoHandler handler;
    private final Order order;

    interface Order {
        /** Asks the kernel for that, or for something else. @return what the registration gave back */
        long submit(IoRegistration registration, IoOps asked);

        /** Who hears what the kernel tells, in the place of that one. */
        default IoHandle heard(IoHandle handle) {
            return handle;
        }
    }

    private OrderlyHandler(IoHandler handler, Order order) {
        this.handler = handler;
        this.order = order;
    }

    static IoHandlerFactory newFactory(IoHandlerFactory factory, Order order) {
        return executor -> new OrderlyHandler(factory.newHandler(executor), order);
    }

    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
        return new Registration(handler.register(order.heard(handle)), order);
    }

    private record Registration(IoRegistration registration, Order order) implements IoRegistration {
        @Override
        public long submit(IoOps asked) {
            return order.submit(registration, asked);
        }

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // so it is in the interface
        public <T> T attachment() {
            return registration.attachment();
        }

        @Override
        public boolean isValid() {
            return registration.isValid();
        }

        @Override
        public boolean cancel() {
            return registration.cancel();
        }
    }

    @Override
    public void initialize() {
        handler.initialize();
    }

    @Override
    public int run(IoHandlerContext context) {
        return handler.run(context);
    }

    @Override
    public void prepareToDestroy() {
        handler.prepareToDestroy();
    }

    @Override
    public void destroy() {
        handler.destroy();
    }

    @Override
    public void wakeup() {
        handler.wakeup();
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> handleType) {
        return handler.isCompatible(handleType);
    }
}
