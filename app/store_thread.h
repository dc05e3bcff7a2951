#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include <QObject>
#include <QPointer>
#include <QString>

#include "app/store/chat_store.h"
#include "app/worker.h"

namespace ponder::app {

/// The chat store on a thread of its own: jobs go in, results come back as calls on the window's thread. The
/// destructor finishes what is queued. Called from the window's thread.
class StoreThread : public QObject {
    Q_OBJECT
public:
    /// The file is opened with the first job.
    explicit StoreThread(std::string chatFile, QObject* parent = nullptr);
    ~StoreThread() override;

    /// Runs `job` on the store and `then` with its result here, unless `receiver` is gone by then. When the
    /// job fails, `failed` is emitted and `otherwise`, if any, called instead.
    template <typename Result>
    void ask(QObject* receiver, std::function<Result(ChatStore&)> job, std::function<void(Result)> then,
             std::function<void()> otherwise = {}) {
        post(
            receiver,
            [job = std::move(job), then = std::move(then)](ChatStore& store) -> Answer {
                auto result = std::make_shared<Result>(job(store));
                return [then, result] { then(std::move(*result)); };
            },
            std::move(otherwise));
    }

    /// The same for jobs without a result.
    void run(std::function<void(ChatStore&)> job);
    void run(QObject* receiver, std::function<void(ChatStore&)> job, std::function<void()> then,
             std::function<void()> otherwise = {});

signals:
    /// Something about the file a person should know, on opening.
    void noticed(const QString& notice);
    /// A job failed; the message says what to do.
    void failed(const QString& message);

private:
    using Answer = std::function<void()>;
    void post(QObject* receiver, std::function<Answer(ChatStore&)> job, std::function<void()> otherwise);
    void deliver(std::function<void()> call); // from the worker
    void takeDelivered();
    ChatStore& store(); // on the worker

    std::string chatFile_;
    std::mutex mutex_;
    std::deque<std::function<void()>> delivered_; // behind the mutex: for the window's thread, in order
    std::optional<ChatStore> store_;              // the worker's only
    std::unique_ptr<Worker> worker_;
};

} // namespace ponder::app
