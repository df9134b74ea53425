namespace BcnnSim.Reporting;

/// <summary>Decisions of the simulated machine against the frames' labels.</summary>
public sealed record AccuracyReport(int Labelled, int Correct)
{
    public double Share => Labelled == 0 ? 0 : (double)Correct / Labelled;
}
