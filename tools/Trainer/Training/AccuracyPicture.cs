using OxyPlot.Axes;

namespace BcnnSim.Trainer.Training;

/// <summary>Accuracies (0..1), for learning curves and accuracy by SNR.</summary>
public sealed class AccuracyPicture(string title, string horizontalTitle, double? horizontalMinimum = null) : LinePicture(
    title,
    new LinearAxis { Title = horizontalTitle, Minimum = horizontalMinimum ?? double.NaN },
    new LinearAxis { Title = "accuracy", Minimum = 0, Maximum = 1 });
