namespace BcnnSim.Trainer.Data;

/// <summary>The three disjoint parts of a data set. The test part is read once per published row.</summary>
public enum DataSplit
{
    Train,
    Validation,
    Test,
}
