#include "app/model_controller.h"

#include <QFileDialog>
#include <QFileInfo>

#include "app/library/model_library.h"
#include "app/shown_message.h"

namespace ponder::app {

namespace {

// A model this small is in memory before the prompt is typed; a larger one waits until it is needed.
constexpr qint64 kLoadAtOnceBytes = 2'000'000'000;

QString fromPath(const std::filesystem::path& path) {
    return QString::fromStdString(path.string());
}

ui::ModelRow shownRow(const ModelCard& card) {
    ui::ModelRow row;
    row.path = fromPath(card.found.path);
    row.name = QString::fromStdString(card.info.name.empty() ? card.found.name : card.info.name);
    row.size = QString::fromStdString(sizeText(card.found.sizeBytes));
    if (!card.info.quantisation.empty())
        row.size += QStringLiteral(", ") + QString::fromStdString(card.info.quantisation);
    row.problem = QString::fromStdString(card.problem);
    row.where = card.found.source == ModelSource::Folder
                    ? fromPath(card.found.path.parent_path())
                    : QString::fromUtf8(sourceName(card.found.source).data(),
                                        static_cast<qsizetype>(sourceName(card.found.source).size()));
    return row;
}

} // namespace

ModelController::ModelController(EngineClient& engine, const Settings& settings, const Paths& paths,
                                 ui::MainWindow& window)
    : engine_(engine), settings_(settings), paths_(paths), window_(window),
      scanner_([](const std::exception&) {}) {
    using ui::MainWindow;
    connect(&window_, &MainWindow::modelChosen, this,
            [this](const QString& path) { pick(path.toStdString()); });
    connect(&window_, &MainWindow::openModelFileRequested, this, &ModelController::askForFile);
    connect(&window_, &MainWindow::loadCancelRequested, this, &ModelController::cancelLoading);
    connect(&window_, &MainWindow::unloadModelRequested, this, &ModelController::unload);
    idle_.setSingleShot(true);
    connect(&idle_, &QTimer::timeout, this, &ModelController::unload);
}

void ModelController::scan() {
    const auto roots = modelRoots(paths_.modelsFolder(), settings_.modelFolders, paths_.home);
    scanner_.post([this, roots, cache = paths_.modelCards()] {
        auto cards = makeCards(findModels(starterModel(), roots), cache, engine::inspectModel);
        QMetaObject::invokeMethod(
            this, [this, cards = std::move(cards)] { showList(cards); }, Qt::QueuedConnection);
    });
}

void ModelController::showList(std::vector<ModelCard> cards) {
    cards_ = std::move(cards);
    std::vector<ui::ModelRow> rows;
    for (const ModelCard& card : cards_) rows.push_back(shownRow(card));
    window_.setModels(std::move(rows));
    window_.setCurrentModel(QString::fromStdString(current_));
}

void ModelController::pick(const std::string& path) {
    choose(path);
    emit picked(path);
}

void ModelController::askForFile() {
    auto* dialog = new QFileDialog(&window_, tr("Open a model file"), fromPath(paths_.home),
                                   tr("Models (*.gguf);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString& path) { pick(path.toStdString()); });
    dialog->open();
}

void ModelController::choose(const std::string& path) {
    if (path == current_) return;
    if (ahead_ != 0) engine_.cancel(ahead_);
    ahead_ = 0;
    current_ = path;
    info_.reset();
    window_.setCurrentModel(QString::fromStdString(path));
    window_.setModelResidence(ui::ModelResidence::OnDisk);
    emit chosen();
    if (path.empty() || QFileInfo(QString::fromStdString(path)).size() > kLoadAtOnceBytes) return;
    auto request = std::make_shared<RequestId>(0);
    ahead_ = *request = engine_.load(engineOptions(), [this, path, request](const EngineEvent& event) {
        note(*request, event);
        if (std::holds_alternative<RequestDone>(event) && ahead_ == *request) ahead_ = 0;
        const auto* failed = std::get_if<LoadFailed>(&event);
        if (failed && !failed->cancelled && path == current_)
            window_.showNotice(ui::NoticeKind::Error, shownFailure(QString::fromStdString(failed->message)));
    });
}

void ModelController::unload() {
    if (engine_.busy()) return; // it is being used after all
    engine_.unload();
    window_.setModelResidence(ui::ModelResidence::OnDisk);
}

bool ModelController::isStarter() const {
    return !current_.empty() && current_ == starterModel().string();
}

engine::EngineOptions ModelController::engineOptions() const {
    engine::EngineOptions options;
    options.modelPath = current_;
    options.contextTokens = settings_.contextTokens;
    options.threads = settings_.threads;
    return options;
}

const ModelCard* ModelController::currentCard() const {
    for (const ModelCard& card : cards_)
        if (card.found.path.string() == current_) return &card;
    return nullptr;
}

std::string ModelController::currentName() const {
    if (info_) return info_->name;
    const ModelCard* card = currentCard();
    return card ? card->info.name : std::string();
}

void ModelController::note(RequestId request, const EngineEvent& event) {
    if (const auto* progress = std::get_if<LoadProgress>(&event)) {
        loading_ = request;
        idle_.stop();
        showProgress(progress->part);
    } else if (const auto* model = std::get_if<ModelLoaded>(&event)) {
        window_.hideLoading();
        loading_ = 0;
        if (model->info.path != current_) return; // chosen before the one that is wanted now
        info_ = model->info;
        window_.setModelResidence(ui::ModelResidence::InMemory);
        emit confined(model->confinement);
        emit loaded();
    } else if (std::holds_alternative<LoadFailed>(event)) {
        window_.hideLoading();
        loading_ = 0;
    } else if (std::holds_alternative<RequestDone>(event) && settings_.unloadMinutes > 0) {
        idle_.start(std::chrono::minutes(settings_.unloadMinutes));
    }
}

void ModelController::showProgress(double part) {
    const ModelCard* card = currentCard();
    const QFileInfo file(QString::fromStdString(current_));
    ui::ModelLoading loading;
    loading.name =
        card && !card->info.name.empty() ? QString::fromStdString(card->info.name) : file.completeBaseName();
    loading.totalBytes = card ? static_cast<qint64>(card->found.sizeBytes) : file.size();
    loading.loadedBytes = static_cast<qint64>(part * static_cast<double>(loading.totalBytes));
    window_.showLoading(loading);
}

void ModelController::cancelLoading() {
    if (loading_ != 0) engine_.cancel(loading_);
}

} // namespace ponder::app
