namespace BcnnSim.Trainer.Configuration;

/// <summary>
/// Reports one broken rule of a configuration.
/// </summary>
/// <param name="good">The rule holds.</param>
/// <param name="place">Key that is judged, for example layers[2].kernel[0].</param>
/// <param name="value">Its value as read.</param>
/// <param name="rule">What must hold.</param>
/// <param name="remedy">What to do.</param>
/// <param name="uses">Other keys the rule compares with: when one of them was refused itself, nothing can be said.</param>
internal delegate void RuleCheck(bool good, string place, object? value, string rule, string remedy, params string[] uses);
