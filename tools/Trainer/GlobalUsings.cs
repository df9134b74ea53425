// Training and pruning run in single precision; only the tests of gradients need another one.
global using INetwork = BcnnSim.Trainer.Layers.INetwork<float>;
global using PrunableWeights = BcnnSim.Trainer.Layers.PrunableWeights<float>;
