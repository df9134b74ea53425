namespace BcnnSim.Trainer.Data;

/// <summary>Makes the refusals of one file.</summary>
internal sealed record MatRefusal(string Path, string Remedy)
{
    public InputException Of(string place, string value, string rule) => new(Path, place, value, rule, Remedy);
}
