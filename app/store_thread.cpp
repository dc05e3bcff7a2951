#include "app/store_thread.h"

#include "app/paths.h"
#include "ui/run_later.h"

namespace ponder::app {

StoreThread::StoreThread(std::string chatFile, QObject* parent)
    : QObject(parent), chatFile_(std::move(chatFile)),
      worker_(std::make_unique<Worker>([](const std::exception&) {})) {}

StoreThread::~StoreThread() {
    worker_->post([this] { store_.reset(); }); // the store belongs to that thread, its end too
    worker_.reset();
}

void StoreThread::run(std::function<void(ChatStore&)> job) {
    run(this, std::move(job), [] {});
}

void StoreThread::run(QObject* receiver, std::function<void(ChatStore&)> job, std::function<void()> then,
                      std::function<void()> otherwise) {
    post(
        receiver,
        [job = std::move(job), then = std::move(then)](ChatStore& store) -> Answer {
            job(store);
            return then;
        },
        std::move(otherwise));
}

void StoreThread::post(QObject* receiver, std::function<Answer(ChatStore&)> job,
                       std::function<void()> otherwise) {
    // The receiver may go while the job waits; the guard is only looked at on the window's thread.
    const QPointer<QObject> guard(receiver);
    auto answer = [this, guard](Answer call) {
        deliver([guard, call = std::move(call)] {
            if (guard && call) call();
        });
    };
    worker_->post([this, answer, job = std::move(job), otherwise = std::move(otherwise)] {
        try {
            answer(job(store()));
        } catch (const std::exception& error) {
            deliver([this, message = QString::fromUtf8(error.what())] { emit failed(message); });
            answer(otherwise);
        }
    });
}

void StoreThread::deliver(std::function<void()> call) {
    {
        const std::lock_guard lock(mutex_);
        delivered_.push_back(std::move(call));
    }
    ui::runLater(this, [this] { takeDelivered(); });
}

/// One at a time: a call may last as long as a dialog, in which others come in.
void StoreThread::takeDelivered() {
    std::function<void()> call;
    {
        const std::lock_guard lock(mutex_);
        call = std::move(delivered_.front());
        delivered_.pop_front();
    }
    call();
}

ChatStore& StoreThread::store() {
    if (store_) return *store_;
    makePrivateFolder(std::filesystem::path(chatFile_).parent_path());
    store_.emplace(chatFile_);
    for (const std::string& notice : store_->notices())
        deliver([this, text = QString::fromStdString(notice)] { emit noticed(text); });
    return *store_;
}

} // namespace ponder::app
