using OxyPlot.Axes;

namespace BcnnSim.Trainer.Training;

/// <summary>Accuracies, from 0 to 1 or, where they lie close together, over their own range: learning curves, accuracy by SNR.</summary>
public sealed class AccuracyPicture(string title, string horizontalTitle, double? horizontalMinimum = null, bool ownRange = false) : LinePicture(
    title,
    new LinearAxis { Title = horizontalTitle, Minimum = horizontalMinimum ?? double.NaN },
    ownRange ? new LinearAxis { Title = "accuracy", AxisTitleDistance = 18 } : new LinearAxis { Title = "accuracy", Minimum = 0, Maximum = 1 });
