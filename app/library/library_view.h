#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/library/hash_keeper.h"
#include "app/library/library_keeper.h"
#include "app/library/model_removal.h"
#include "ui/dialogs/confirm_dialog.h"
#include "ui/library/library_values.h"
#include "ui/model_picker.h"

namespace ponder::app {

/// Which of the models is the one that answers.
struct CurrentModel {
    std::string path = {};
    bool isInMemory = false;
};

/// A model in the menu of the composer.
ui::ModelRow pickerRow(const ModelCard& card);
/// A model in the list of the library.
ui::LibraryRow libraryRow(const ModelCard& card, const CurrentModel& current);
/// Its card; what `details` would say is left out where they are not known.
ui::LibraryCard libraryCard(const ModelCard& card, const CurrentModel& current,
                            const std::optional<engine::ModelDetails>& details);
ui::CardHash cardHash(const HashState& state);
ui::PromptSample promptSample(const engine::PromptPreview& preview);

/// The folders that are searched, with the number of models found in each.
std::vector<ui::ModelFolder> modelFolders(const std::vector<FolderState>& folders,
                                          const std::vector<ModelCard>& cards,
                                          const std::vector<std::string>& ownChoice);

/// What a person is asked before a model is removed: what goes, where to, and what it frees.
ui::ConfirmDialog::Words removalQuestion(const RemovalPlan& plan);
/// The second question, for files outside Ponder's own folder.
ui::ConfirmDialog::Words secondRemovalQuestion(const RemovalPlan& plan);

} // namespace ponder::app
