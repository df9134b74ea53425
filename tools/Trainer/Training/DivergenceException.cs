namespace BcnnSim.Trainer.Training;

/// <summary>Training stopped on a number that is not finite; a comparison notes it as the row's result and goes on.</summary>
public sealed class DivergenceException(string source, string place, string value, string rule, string remedy) : InputException(source, place, value, rule, remedy);
