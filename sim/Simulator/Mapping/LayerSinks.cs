namespace BcnnSim.Mapping;

/// <summary>Where the results of a layer go.</summary>
/// <param name="Bits">To a half of the activation buffer: a later layer reads its bits.</param>
/// <param name="Shortcut">To the shortcut map: a later layer adds its values.</param>
/// <param name="Classifier">To the classifier: it is the last layer.</param>
public readonly record struct LayerSinks(bool Bits, bool Shortcut, bool Classifier)
{
    /// <summary>Units that report the layer complete.</summary>
    public int Count => (Bits ? 1 : 0) + (Shortcut ? 1 : 0) + (Classifier ? 1 : 0);
}
