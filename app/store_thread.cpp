#include "app/store_thread.h"

#include <QMetaObject>

#include "app/paths.h"

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
        QMetaObject::invokeMethod(
            this,
            [guard, call = std::move(call)] {
                if (guard && call) call();
            },
            Qt::QueuedConnection);
    };
    worker_->post([this, answer, job = std::move(job), otherwise = std::move(otherwise)] {
        try {
            answer(job(store()));
        } catch (const std::exception& error) {
            const QString message = QString::fromUtf8(error.what());
            QMetaObject::invokeMethod(
                this, [this, message] { emit failed(message); }, Qt::QueuedConnection);
            answer(otherwise);
        }
    });
}

ChatStore& StoreThread::store() {
    if (store_) return *store_;
    makePrivateFolder(std::filesystem::path(chatFile_).parent_path());
    store_.emplace(chatFile_);
    for (const std::string& notice : store_->notices()) {
        const QString text = QString::fromStdString(notice);
        QMetaObject::invokeMethod(
            this, [this, text] { emit noticed(text); }, Qt::QueuedConnection);
    }
    return *store_;
}

} // namespace ponder::app
