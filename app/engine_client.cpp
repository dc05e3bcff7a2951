#include "app/engine_client.h"

namespace ponder::app {

EngineClient::EngineClient(EngineOpener open, QObject* parent)
    : QObject(parent), runner_(mailbox_, std::move(open)) {
    timer_.setInterval(kFrameMilliseconds);
    timer_.setTimerType(Qt::PreciseTimer);
    connect(&timer_, &QTimer::timeout, this, &EngineClient::drain);
}

RequestId EngineClient::load(engine::EngineOptions options, Handler handler) {
    giveWay();
    return watch(runner_.load(std::move(options)), std::move(handler));
}

RequestId EngineClient::answer(engine::EngineOptions options, engine::ChatRequest request, PromptRoom room,
                               Handler handler) {
    giveWay();
    return watch(runner_.answer(std::move(options), std::move(request), room), std::move(handler));
}

RequestId EngineClient::preview(engine::EngineOptions options, engine::ChatRequest request,
                                engine::TokenRange listed, Handler handler) {
    giveWay();
    return watch(runner_.preview(std::move(options), std::move(request), listed), std::move(handler));
}

RequestId EngineClient::examine(engine::EngineOptions options, engine::ExamineRequest request,
                                Handler handler) {
    giveWay();
    return watch(runner_.examine(std::move(options), std::move(request)), std::move(handler));
}

RequestId EngineClient::ask(engine::EngineOptions options, engine::ChatRequest aside, Handler handler) {
    giveWay();
    aside.kind = engine::RequestKind::Aside;
    aside_ = runner_.answer(std::move(options), std::move(aside), PromptRoom::AsItIs);
    return watch(aside_, std::move(handler));
}

void EngineClient::unload() {
    giveWay();
    watch(runner_.unload(), [](const EngineEvent&) {});
}

void EngineClient::forgetSnapshots(std::string folder, std::vector<std::string> chats) {
    watch(runner_.forgetSnapshots(std::move(folder), std::move(chats)), [](const EngineEvent&) {});
}

void EngineClient::forgetOtherSnapshots(std::string folder, std::vector<std::string> chats) {
    watch(runner_.forgetOtherSnapshots(std::move(folder), std::move(chats)), [](const EngineEvent&) {});
}

void EngineClient::giveWay() {
    if (aside_ != 0) runner_.cancel(aside_);
}

void EngineClient::cancel(RequestId request) {
    runner_.cancel(request);
}

RequestId EngineClient::watch(RequestId request, Handler handler) {
    handlers_.emplace(request, std::move(handler));
    if (!timer_.isActive()) timer_.start();
    return request;
}

void EngineClient::drain() {
    for (const Delivery& delivery : mailbox_.collect()) {
        const auto found = handlers_.find(delivery.request);
        if (found == handlers_.end()) continue;
        const Handler handler = found->second; // it may start or end requests
        handler(delivery.event);
        if (!std::holds_alternative<RequestDone>(delivery.event)) continue;
        handlers_.erase(delivery.request);
        runner_.forget(delivery.request);
    }
    if (handlers_.empty()) timer_.stop();
    emit frameEnded();
}

} // namespace ponder::app
